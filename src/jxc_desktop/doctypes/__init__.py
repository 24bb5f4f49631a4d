"""What exists: one declaration per document type.

`spec` says what a declaration holds, `registry` finds them, `posting` and `stock` are the steps several types share,
`checks` what several types look for: a type lists its checks by what they read, see `domain.documents.check`.
Areas never import each other; a type names the types it is made from by their codes. To add one: write its file in its
area, append it to the area's `TYPES`, add its texts and its scenario test.
"""
