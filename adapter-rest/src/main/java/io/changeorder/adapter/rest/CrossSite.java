package io.changeorder.adapter.rest;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.changeorder.adapter.rest.message.ApiRequest;
import java.util.List;

/**
 * Finds requests that a web page made a browser send: a form that deploys a command, an image that confirms a batch. A
 * browser adds to them what makes its user trusted, be it a session or that it runs on the right machine. Real clients
 * are not browsers and send none of these headers.
 */
public final class CrossSite {
    private static final List<String> OWN_SITE = List.of("same-origin", "none");

    private CrossSite() {}

    /** Whether it may come from a page of another site. What the browser itself says of that is believed. */
    public static boolean isSuspected(ApiRequest request) {
        return request.header("sec-fetch-site")
                .map(site -> !OWN_SITE.contains(site))
                .orElseGet(() -> isForeign(request));
    }

    /**
     * Whether it was sent to a name that is not this machine's own. Where nothing but loopback protects a server, that is
     * a page of a site whose DNS points here.
     */
    public static boolean isRebound(ApiRequest request) {
        return request.header("host").filter(host -> !isLoopback(host)).isPresent();
    }

    /** A proxy may have taken TLS off. */
    private static boolean isForeign(ApiRequest request) {
        String host = request.header("host").orElse("");
        return request.header("origin")
                .filter(origin -> !origin.equals("http://" + host) && !origin.equals("https://" + host))
                .isPresent();
    }

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
