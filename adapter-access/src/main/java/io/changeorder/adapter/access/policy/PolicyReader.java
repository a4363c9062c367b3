package io.changeorder.adapter.access.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one document. */
final class PolicyReader {
    private static final int MOST_CHARACTERS = 6_144;
    private static final int DEPTH = 10;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<String> warnings = new ArrayList<>();

    PolicyDocument read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new PolicyException("The policy has " + text.length() + " characters, and at most " + MOST_CHARACTERS
                    + " are allowed.");
        }
        Place root = Place.of(parse(text));
        root.requireOnly(Set.of("Version", "Statement"));
        if (!root.member("Version").text().equals("1")) {
            throw root.member("Version").wrong("must be \"1\"");
        }
        List<Statement> statements = root.member("Statement").elements().stream()
                .map(this::statement)
                .toList();
        return new PolicyDocument(statements, warnings);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            String where = Optional.ofNullable(malformed.getLocation())
                    .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                    .orElse("");
            throw new PolicyException(
                    "The policy is not JSON: " + malformed.getOriginalMessage() + where + ".", malformed);
        }
    }

    private Statement statement(Place place) {
        place.requireOnly(Set.of("Effect", "Action", "NotAction", "Resource", "Condition"));
        Effect effect = effect(place.member("Effect"));
        boolean except = place.has("NotAction");
        if (except && place.has("Action")) {
            throw place.wrong("has both Action and NotAction; say one of them");
        }
        List<Place> actions = place.member(except ? "NotAction" : "Action").texts();
        actions.forEach(action -> checkAction(action, effect, except));
        List<Place> resources = place.member("Resource").texts();
        resources.forEach(resource -> checkResource(resource, effect));
        return new Statement(
                effect,
                except,
                actions.stream().map(Place::text).toList(),
                resources.stream().map(Place::text).toList(),
                place.has("Condition") ? ConditionReader.read(place.member("Condition")) : List.of());
    }

    private static Effect effect(Place place) {
        return switch (place.text()) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw place.wrong("must be \"Allow\" or \"Deny\"");
        };
    }

    /** A slip that takes nothing away from anybody, or gives nothing, is remarked; one that opens a door is refused. */
    private void checkAction(Place place, Effect effect, boolean except) {
        String action = place.text();
        if (!Actions.isPattern(action)) {
            throw place.wrong("must be * or like sae:Describe*");
        }
        if (Actions.isKnown(action)) {
            return;
        }
        String advice = Actions.advice(action);
        if ((effect == Effect.DENY) != except) {
            throw place.wrong(
                    "is no operation here, so that " + (except ? "nothing is excepted" : "nothing is denied") + advice);
        }
        if (!Actions.hasWildcard(action)) {
            warnings.add(place.path() + " " + action + " is no operation here" + advice);
        }
    }

    private void checkResource(Place place, Effect effect) {
        String resource = place.text();
        if (!Resources.isPattern(resource)) {
            throw place.wrong("must be * or like acs:sae:*:*:application/{namespace}/{id}");
        }
        if (Resources.isKnown(resource)) {
            if (!Resources.isOfDefaults(resource)) {
                warnings.add(place.path() + " " + resource + " names a region or an account; those of a server are "
                        + PolicyAuthorizer.DEFAULT_REGION + " and " + PolicyAuthorizer.DEFAULT_ACCOUNT
                        + " unless it was told others");
            }
            return;
        }
        if (effect == Effect.DENY) {
            throw place.wrong("is nothing that there is here, so that nothing is denied;"
                    + " applications are acs:sae:*:*:application/{namespace}/{id}");
        }
        warnings.add(place.path() + " " + resource + " is nothing that there is here;"
                + " applications are acs:sae:*:*:application/{namespace}/{id}");
    }
}
