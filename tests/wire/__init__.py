"""Tests of the bot against the sandbox: real HTTP, a real store, no mocks."""
