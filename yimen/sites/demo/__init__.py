"""Loading a data set of demo/ into the house, part by part, through the actions."""
