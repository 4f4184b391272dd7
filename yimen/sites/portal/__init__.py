"""The public side: the first page, language and type size, what a phone needs to install us."""
