"""`readyline demo`, and its invented company. `python -m sync.demo` keeps the company's Jira running.

tour.py                                     two runs against the local Jira, and what they wrote
company.py, site_builder.py, people.py, shop/   the invented shop
"""
