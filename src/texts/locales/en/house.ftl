product-name = Migiude
