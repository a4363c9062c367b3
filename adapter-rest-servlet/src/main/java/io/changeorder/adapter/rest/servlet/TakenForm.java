package io.changeorder.adapter.rest.servlet;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Notices that something before the servlet has read the body: parameters would silently be missing, and an abort without
 * its {@code Rollback=true} is another command.
 */
final class TakenForm {
    private static final Splitter PAIRS = Splitter.on('&').omitEmptyStrings();

    private TakenForm() {}

    /**
     * Whether there was a body that is gone.
     *
     * @param left what could be read of it
     */
    static boolean wasTaken(HttpServletRequest request, byte[] left) {
        if (left.length > 0) {
            return false;
        }
        long declared = request.getContentLengthLong();
        return declared > 0 || (declared < 0 && isForm(request) && hasMoreThanItsQuery(request));
    }

    /** Without a length: real clients send empty forms in chunks, so an empty one proves nothing. */
    private static boolean hasMoreThanItsQuery(HttpServletRequest request) {
        int sent =
                PAIRS.splitToList(Strings.nullToEmpty(request.getQueryString())).size();
        return parsed(request) > sent;
    }

    private static int parsed(HttpServletRequest request) {
        try {
            return request.getParameterMap().values().stream()
                    .mapToInt(values -> values.length)
                    .sum();
        } catch (RuntimeException unreadable) {
            // Then its query is broken, and the API says so.
            return 0;
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        return Ascii.toLowerCase(Strings.nullToEmpty(request.getContentType()))
                .startsWith("application/x-www-form-urlencoded");
    }
}
