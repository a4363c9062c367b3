package io.changeorder.bootstrap.clients.kit;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** The vendor's generic client, on which its generated ones are built. It signs with ACS3-HMAC-SHA256. */
public final class TeaClient {
    private static final String VERSION = "2019-05-06";
    private static final String FORM = "formData";

    private final Client client;

    public TeaClient(String endpoint, String key) {
        this(endpoint, key, "testSK");
    }

    public TeaClient(String endpoint, String key, String secret) {
        this(endpoint, new Config().setAccessKeyId(key).setAccessKeySecret(secret));
    }

    /** As somebody who has a temporary key. */
    public static TeaClient temporary(String endpoint, String key, String secret, String securityToken) {
        return new TeaClient(
                endpoint,
                new Config().setAccessKeyId(key).setAccessKeySecret(secret).setSecurityToken(securityToken));
    }

    private TeaClient(String endpoint, Config credentials) {
        Config config = credentials.setEndpoint(endpoint).setProtocol("http");
        try {
            client = new Client(config);
        } catch (Exception e) {
            throw new IllegalStateException("the client does not take its configuration", e);
        }
    }

    /** Calls an operation with parameters in the query; the answer's body. */
    public Map<String, Object> call(String operation, Map<String, String> query) {
        return call(WireCall.of(operation), new OpenApiRequest().setQuery(query), FORM, new RuntimeOptions());
    }

    /** As {@link #call}, again after a connection is lost. */
    public Map<String, Object> callPatiently(String operation, Map<String, String> query) {
        RuntimeOptions options = new RuntimeOptions().setAutoretry(true).setMaxAttempts(3);
        return call(WireCall.of(operation), new OpenApiRequest().setQuery(query), FORM, options);
    }

    /** With some parameters in a form. */
    public Map<String, Object> callWithForm(String operation, Map<String, String> query, Map<String, String> form) {
        OpenApiRequest request = new OpenApiRequest().setQuery(query).setBody(form);
        return call(WireCall.of(operation), request, FORM, new RuntimeOptions());
    }

    /** With some parameters in a JSON object, as command lines send it. */
    public Map<String, Object> callWithJson(String operation, Map<String, String> query, Map<String, Object> json) {
        OpenApiRequest request = new OpenApiRequest().setQuery(query).setBody(json);
        return call(WireCall.of(operation), request, "json", new RuntimeOptions());
    }

    /** The refusal of a call. */
    public Refused refusal(String operation, Map<String, String> query) {
        return Refused.of(Assertions.catchThrowableOfType(TeaException.class, () -> call(operation, query)));
    }

    /** Switches maintenance; ours, in the vendor's style. */
    public void maintenance(boolean enabled) {
        WireCall call =
                new WireCall("SetMaintenance", "PUT", "/pop/v1/sam/maintenance/SetMaintenance", ImmutableMap.of());
        OpenApiRequest request = new OpenApiRequest().setQuery(Map.of("Enabled", Boolean.toString(enabled)));
        call(call, request, FORM, new RuntimeOptions());
    }

    private Map<String, Object> call(WireCall call, OpenApiRequest request, String bodyType, RuntimeOptions options) {
        Params params = new Params()
                .setAction(call.operation())
                .setVersion(VERSION)
                .setProtocol("HTTP")
                .setPathname(call.path())
                .setMethod(call.method())
                .setAuthType("AK")
                .setStyle("ROA")
                .setReqBodyType(bodyType)
                .setBodyType("json");
        try {
            return Fields.map(client.callApi(params, request, options).get("body"));
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Exception e) {
            throw new IllegalStateException(call + " could not be called", e);
        }
    }
}
