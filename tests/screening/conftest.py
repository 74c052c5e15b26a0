"""Screening works on real pictures: the samples, see the fixtures `filled` and `registry` one folder up."""

from tests.conftest import SAMPLES as SAMPLES
