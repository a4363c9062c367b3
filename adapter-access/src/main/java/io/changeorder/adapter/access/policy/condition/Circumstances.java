package io.changeorder.adapter.access.policy.condition;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * How something is asked.
 *
 * @param sourceIp where from; empty for a call that came over no network
 * @param currentTime when
 * @param secureTransport whether over TLS
 */
public record Circumstances(Optional<InetAddress> sourceIp, Instant currentTime, boolean secureTransport) {}
