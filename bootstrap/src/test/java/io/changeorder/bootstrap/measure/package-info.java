/** Not tests: what {@code measure/run} prints about a served process of this build. */
package io.changeorder.bootstrap.measure;
