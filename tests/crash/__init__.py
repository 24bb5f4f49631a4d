"""Power goes out at any moment: what was said to be posted is there, nothing is half there.

`work` is what a child process does until it is killed, `server` makes such children quickly, `test_crash` kills them.
"""
