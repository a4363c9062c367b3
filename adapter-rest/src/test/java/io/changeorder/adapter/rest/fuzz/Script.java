package io.changeorder.adapter.rest.fuzz;

import com.google.common.base.Splitter;
import io.changeorder.adapter.rest.message.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Several requests in one text, one after the other and divided by a line of three hyphens; each like a request of HTTP:
 * a method and a target, headers, an empty line, a body. Whatever the text is, it can be read as some requests.
 */
final class Script {
    private static final int MOST_REQUESTS = 12;
    private static final Splitter REQUESTS = Splitter.on("\n---\n").limit(MOST_REQUESTS);

    private Script() {}

    static List<String> requests(byte[] script) {
        return REQUESTS.splitToList(
                new String(script, StandardCharsets.UTF_8).replace("\r\n", "\n").replace(" HTTP/1.1\n", "\n"));
    }

    static ApiRequest request(String text) {
        int blank = text.indexOf("\n\n");
        List<String> head = lines(blank < 0 ? text : text.substring(0, blank));
        int space = head.get(0).indexOf(' ');
        ApiRequest request = space < 0
                ? ApiRequest.of("GET", head.get(0))
                : ApiRequest.of(head.get(0).substring(0, space), head.get(0).substring(space + 1));
        for (String header : head.subList(1, head.size())) {
            int colon = header.indexOf(':');
            request = colon < 0
                    ? request.fromThisMachine()
                    : request.withHeader(
                            header.substring(0, colon),
                            header.substring(colon + 1).trim());
        }
        String body = blank < 0 ? "" : text.substring(blank + 2);
        return request.withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(String text) {
        return new ArrayList<>(Splitter.on('\n').splitToList(text));
    }
}
