package io.changeorder.adapter.access.policy;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.net.PercentEscaper;
import io.changeorder.adapter.access.policy.condition.Wildcards;
import java.util.List;
import java.util.Optional;

/**
 * What applications are called in policies: {@code acs:sae:{region}:{account}:application/{namespace}/{id}}. Characters
 * of a namespace or an id that mean something here ({@code / * ? %} and the like) are percent-encoded, so that a name
 * can't stand for another one.
 */
final class Resources {
    private static final String ALL = "*";
    private static final CharMatcher STAR = CharMatcher.is('*');
    private static final CharMatcher WILDCARD = CharMatcher.anyOf("*?");
    private static final String APPLICATION = "application/";
    private static final PercentEscaper ENCODED = new PercentEscaper("-._~:", false);

    private Resources() {}

    /** An application, or with {@code *} for its id, whatever is in its namespace. */
    static String name(String region, String account, String namespace, String application) {
        String id = application.equals(ALL) ? ALL : ENCODED.escape(application);
        return "acs:sae:" + region + ":" + account + ":" + APPLICATION + ENCODED.escape(namespace) + "/" + id;
    }

    /** Whether it is {@code *} or has the five parts of a name. */
    static boolean isPattern(String text) {
        return isAll(text) || (parts(text).size() == 5 && parts(text).get(0).equals("acs") && noneIsEmpty(parts(text)));
    }

    private static boolean noneIsEmpty(List<String> parts) {
        return parts.stream().noneMatch(String::isEmpty);
    }

    private static List<String> parts(String text) {
        return Splitter.on(':').limit(5).splitToList(text);
    }

    private static boolean isAll(String pattern) {
        return !pattern.isEmpty() && STAR.matchesAllOf(pattern);
    }

    /** Whether an application could be of this pattern, in some region and account. */
    static boolean isKnown(String pattern) {
        if (isAll(pattern)) {
            return true;
        }
        List<String> parts = parts(pattern);
        return Wildcards.match(parts.get(1), "sae") && canBeApplication(parts.get(4));
    }

    /** Whether it is of the region and the account that a server has by default. */
    static boolean isOfDefaults(String pattern) {
        List<String> parts = parts(pattern);
        return isAll(pattern)
                || (Wildcards.match(parts.get(2), PolicyAuthorizer.DEFAULT_REGION)
                        && Wildcards.match(parts.get(3), PolicyAuthorizer.DEFAULT_ACCOUNT));
    }

    private static boolean canBeApplication(String pattern) {
        int wildcard = WILDCARD.indexIn(pattern);
        if (wildcard >= 0 && wildcard < APPLICATION.length()) {
            return APPLICATION.startsWith(pattern.substring(0, wildcard));
        }
        boolean twoParts = CharMatcher.is('/').countIn(pattern) == 2;
        return pattern.startsWith(APPLICATION) && (twoParts || STAR.matchesAnyOf(pattern));
    }

    /** Nothing in particular is only of the pattern that everything is of. */
    static boolean match(String pattern, Optional<String> resource) {
        return resource.map(name -> Wildcards.match(pattern, name)).orElseGet(() -> isAll(pattern));
    }
}
