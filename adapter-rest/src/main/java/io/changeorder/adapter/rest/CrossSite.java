package io.changeorder.adapter.rest;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.changeorder.adapter.rest.message.ApiRequest;
import java.util.List;
import java.util.Optional;

/**
 * Finds requests that a web page made a browser send. While signatures are not checked, loopback is all that protects
 * the server, and a browser on the same machine would carry any page's request past it: a form that deploys a command,
 * an image that confirms a batch. Real clients are not browsers and send none of these headers.
 */
final class CrossSite {
    private static final List<String> OWN_SITE = List.of("same-origin", "none");

    private CrossSite() {}

    /** Whether it may come from a page of another site. */
    static boolean isSuspected(ApiRequest request) {
        Optional<String> host = request.header("host");
        boolean rebound = host.isPresent() && !isLoopback(host.get());
        boolean fetched = request.header("sec-fetch-site")
                .filter(site -> !OWN_SITE.contains(site))
                .isPresent();
        boolean foreign = request.header("origin")
                .filter(origin -> !origin.equals("http://" + host.orElse("")))
                .isPresent();
        return rebound || fetched || foreign;
    }

    /** A name that somebody else's DNS lets point here is not ours. */
    private static boolean isLoopback(String host) {
        try {
            String name = HostAndPort.fromString(host).getHost();
            return name.equalsIgnoreCase("localhost")
                    || (InetAddresses.isInetAddress(name)
                            && InetAddresses.forString(name).isLoopbackAddress());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
