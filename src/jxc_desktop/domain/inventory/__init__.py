"""Stock: movements, pools, costing methods and the replay of an item's history.

A costing method is one file in `costing`; the replay engine (`lane`) is the same for all of them. Inside these modules
quantities, values and costs are plain integers (10⁻⁶ and fen): a replay steps through ten thousand movements and an
object for every figure would cost more than the arithmetic.
"""
