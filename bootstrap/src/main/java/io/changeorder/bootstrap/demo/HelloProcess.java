package io.changeorder.bootstrap.demo;

/**
 * A process of the demo's application, as it answers for itself.
 *
 * @param version what it says it is a version of
 */
record HelloProcess(long pid, int port, String version, String instance) {}
