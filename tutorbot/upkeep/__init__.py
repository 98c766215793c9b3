"""The database looked after from outside: copied, put back and swept, whoever uses it meanwhile."""
