"""Speed and memory as ratios against a floor measured in the same run; `poe bench`, never part of the test suite."""
