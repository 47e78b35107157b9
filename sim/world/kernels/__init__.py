"""The rules as fast numba code, one process of docs/model.md per file.

Kernels take arrays and change them. Each has a readable twin in sim/world/plain.py. Arrays that belong together are passed as
one tuple of `sim.world.state`: `People`, `Ties`, `Rules`, `Acts` and so on. A function that is called for every row takes
scalars, as passing a tuple takes longer than its work. So kernels name the arrays they use before they loop.

`candidates` draws the luck of a week for a strip of ties. Some kernels then draw the *acts* of a day: row of the tie, side of
the sender, channel, cause. They append them to `Acts` from position `n` on, and return the new `n`. Each says how many acts of
a tie it may append on a day (`MOST_ACTS`); there is room for so many. Then `closeness` changes closeness and memories.
"""
