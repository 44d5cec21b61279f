"""`readyline demo`, and its invented company. `python -m sync.demo` keeps the company's Jira running.

tour.py                                     two runs against a local tracker, and what they wrote
gitlab_shop.py, plain_issues.py             the shop on a local GitLab, from its issues without Jira's words
company.py, site_builder.py, people.py, shop/   the invented shop
"""
