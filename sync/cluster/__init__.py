"""Many products on several machines: a queue of runs in PostgreSQL, and workers that take runs from it.

database    the connection, and the tables          queue       the jobs, on procrastinate
roster      which product is due, and how it is     worker      one process that takes jobs
pace        rate limits that all machines share     runs        what a job does: one run of one product
"""
