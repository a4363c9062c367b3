/** What every shell around the API keeps, whatever server it stands on. */
package io.changeorder.adapter.rest.contract;
