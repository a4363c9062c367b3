package io.changeorder.adapter.rest;

import io.changeorder.adapter.rest.parameter.ParameterDecoder;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies for the shells of the API. */
public final class RequestBody {
    /** Read and thrown away, so that a client that is still sending too much gets to its answer. */
    private static final int MOST_DISCARDED = 16 * 1024 * 1024;

    private RequestBody() {}

    /** The body as far as the API reads it, and one byte more if it is longer than that. */
    public static byte[] read(InputStream content) throws IOException {
        byte[] body = content.readNBytes(ParameterDecoder.MAX_BODY + 1);
        if (body.length > ParameterDecoder.MAX_BODY) {
            discard(content);
        }
        return body;
    }

    private static void discard(InputStream content) throws IOException {
        byte[] buffer = new byte[8192];
        int discarded = 0;
        int read = content.read(buffer);
        while (read >= 0 && discarded < MOST_DISCARDED) {
            discarded += read;
            read = content.read(buffer);
        }
    }
}
