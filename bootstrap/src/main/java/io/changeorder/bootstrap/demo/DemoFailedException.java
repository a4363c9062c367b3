package io.changeorder.bootstrap.demo;

/** Something was not as promised. */
final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String expected, String found) {
        super("Expected: " + expected + System.lineSeparator() + "Found: " + found);
    }
}
