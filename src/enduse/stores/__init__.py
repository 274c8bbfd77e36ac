"""Files and the outside: reading inputs, held editions, the data folder."""
