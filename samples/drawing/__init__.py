"""How the samples are drawn: cloth and canting, filling, ornaments, designs."""
