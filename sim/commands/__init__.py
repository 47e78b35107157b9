"""The commands, a module per group. Each parses, calls a public function of `sim` and shows the result. It computes nothing."""
