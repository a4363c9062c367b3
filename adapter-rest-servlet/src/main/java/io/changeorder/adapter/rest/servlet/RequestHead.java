package io.changeorder.adapter.rest.servlet;

import com.google.common.net.InetAddresses;
import io.changeorder.adapter.rest.message.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of a container as the API sees it, without its body: the way it was sent, nothing decoded. */
final class RequestHead {
    private RequestHead() {}

    static ApiRequest of(HttpServletRequest request) {
        ApiRequest head = sent(
                request,
                ApiRequest.of(request.getMethod(), target(request))
                        .sentTo(request.getRequestURI())
                        .withHeaders(headers(request)));
        return Optional.ofNullable(request.getUserPrincipal()).map(head::from).orElse(head);
    }

    /** A container that was told of proxies in front of it says what they say. */
    private static ApiRequest sent(HttpServletRequest request, ApiRequest head) {
        ApiRequest sent = request.isSecure() ? head.overTls() : head;
        return Optional.ofNullable(request.getRemoteAddr())
                .filter(InetAddresses::isInetAddress)
                .map(InetAddresses::forString)
                .map(sent::from)
                .orElse(sent);
    }

    /** What follows the place where the servlet is mounted. That itself, written in another way, is no path of the API. */
    private static String target(HttpServletRequest request) {
        String mount = request.getContextPath()
                + (request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
                        ? request.getServletPath()
                        : "");
        String path = request.getRequestURI();
        String below = path.startsWith(mount) ? path.substring(mount.length()) : path;
        return Optional.ofNullable(request.getQueryString())
                .map(query -> below + "?" + query)
                .orElse(below);
    }

    private static List<Map.Entry<String, String>> headers(HttpServletRequest request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers.add(Map.entry(name, value));
            }
        }
        return headers;
    }
}
