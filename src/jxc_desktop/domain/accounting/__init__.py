"""The general ledger's rules: posting rules, vouchers, the chart and the periods, as pure functions on values.

`posting_rule` reads the rules that `resources/standards/posting_rules.json` ships (the data is passed in, never read
here), `expression` is the grammar of their examples. A new rule is an entry of that file, not code.
"""
