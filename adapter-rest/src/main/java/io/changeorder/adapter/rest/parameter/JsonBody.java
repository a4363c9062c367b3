package io.changeorder.adapter.rest.parameter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Parameters as one JSON object. Numbers and booleans stand for their text, objects and arrays for their JSON, so that
 * {@code "Envs": [..]} does as well as {@code "Envs": "[..]"}; null is as if it were not there.
 */
final class JsonBody {
    /** After a member there is more. */
    private static final ObjectReader MEMBER =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonBody() {}

    static void read(String text, Parameters.Collector found) {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RejectedRequest(Failure.unusable("body", "it is not a JSON object"));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                JsonNode value = MEMBER.readTree(parser);
                if (!value.isNull()) {
                    found.add(name, value.isContainerNode() ? value.toString() : value.asText());
                }
            }
            if (parser.nextToken() != null) {
                throw new RejectedRequest(Failure.unusable("body", "there is something after the JSON object"));
            }
        } catch (JsonProcessingException e) {
            throw new RejectedRequest(Failure.unusable("body", Json.fault(e)));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
    }
}
