package io.narthex.console.internal.tab;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.osgi.framework.BundleContext;

/** The tab that says which bundle contributes what. */
public final class ContributionsTab extends AbstractServlet {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Servlets of a web console are never serialized.
  private final BundleContext context;

  /** A tab about all bundles. */
  public ContributionsTab(BundleContext context) {
    this.context = context;
  }

  @Override
  public void renderContent(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = response.getWriter();
    out.println("<p class=\"statline\">What the bundles of this server contribute.</p>");
    out.println("<table class=\"nicetable ui-widget\"><thead><tr>");
    for (String head : new String[] {"Kind", "Name", "Bundle", "Version", "State"}) {
      out.printf("<th class=\"ui-widget-header\">%s</th>%n", head);
    }
    out.println("</tr></thead><tbody class=\"ui-widget-content\">");
    for (Contribution each : Contribution.of(context.getBundles())) {
      out.printf(
          "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n",
          escaped(each.kind()),
          escaped(each.name()),
          escaped(each.bundle()),
          escaped(each.version()),
          escaped(each.state()));
    }
    out.println("</tbody></table>");
  }

  /** Manifests are written by others. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
