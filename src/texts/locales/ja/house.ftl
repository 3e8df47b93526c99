product-name = 右腕 Migiude
