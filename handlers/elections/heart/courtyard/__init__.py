"""What a courtyard is drawn of: houses whose windows light up, trees, a lamp, a bench.

As shapes, in the colours of two hours of the day. The picture, the certificate and the playground's
wallpaper are made of them.
"""
