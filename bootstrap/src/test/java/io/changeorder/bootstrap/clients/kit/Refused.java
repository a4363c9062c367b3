package io.changeorder.bootstrap.clients.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.tea.TeaException;
import com.aliyuncs.exceptions.ClientException;
import java.util.Map;

/**
 * A refusal as a client's exception tells of it.
 *
 * @param code the symbol
 * @param message the server's words, without what the client puts around them
 * @param requestId an upper-case UUID
 * @param data what the server adds; empty where the client does not pass it on
 */
public record Refused(String code, String message, String requestId, Map<?, ?> data) {
    /** Of the generic client, which puts the HTTP status before the message and the request id behind it. */
    public static Refused of(TeaException thrown) {
        Map<String, Object> body = thrown.getData();
        String requestId = String.valueOf(body.get("RequestId"));
        String message = thrown.getMessage()
                .replace("code: " + thrown.getStatusCode() + ", ", "")
                .replace(" request id: " + requestId, "");
        Map<?, ?> data = body.get("Data") instanceof Map<?, ?> told ? told : Map.of();
        return new Refused(thrown.getCode(), message, requestId, data);
    }

    /** Of the old client. */
    public static Refused of(ClientException thrown) {
        return new Refused(thrown.getErrCode(), thrown.getErrMsg(), thrown.getRequestId(), Map.of());
    }

    /** That it is this row of the error table, to the byte. */
    public void is(SaeError error, Object... parts) {
        assertThat(code).isEqualTo(error.code());
        assertThat(message).isEqualTo(String.format(error.message(), parts));
        assertThat(requestId).matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}");
    }
}
