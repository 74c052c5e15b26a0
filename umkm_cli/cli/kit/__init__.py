"""What commands share: options, output, progress, exports and imports.

No command stands here.
"""
