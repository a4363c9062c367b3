package io.changeorder.bootstrap.demo;

import io.changeorder.bootstrap.terminal.Printable;

/** Something was not as promised. The message has two lines, both harmless to print. */
final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String expected, String found) {
        super(Printable.line("Expected: " + expected) + System.lineSeparator() + Printable.line("Found: " + found));
    }
}
