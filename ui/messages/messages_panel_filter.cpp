// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which rows the panel shows, and what it says of how many these are.

#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/ladder/ladder_panel.h"
#include "ui/lanes/lanes_panel.h"
#include "ui/latency/latency_panel.h"
#include "ui/messages/messages_connection_box.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QItemSelectionModel>
#include <QToolButton>

namespace sockeye {

void MessagesPanel::applyFilter()
{
    MessageArrangement arrangement = m_model->arrangement();
    const qsizetype current = currentMessage().row;
    arrangement.filter = { m_connectionBox->connection(), m_errorsOnly->isChecked(), m_filterBar->filter(), -1 };
    if (m_filterBar->filter().asksForSelection()) {
        arrangement.filter.selected = current;
    }
    if (!m_filterBar->filter().isEmpty() && current >= 0 && m_wantedRow < 0) {
        m_wantedRow = current; // it may be found later than the first rows
    }
    m_model->arrange(arrangement);
    m_lanes->showConnection(m_connectionBox->connection());
    m_ladder->showConnection(m_connectionBox->connection());
    m_latency->showConnection(m_connectionBox->connection());
}

void MessagesPanel::connectFilter()
{
    connect(m_filterBar, &FilterBar::filterChanged, this, &MessagesPanel::applyFilter);
    connect(m_filterBar, &FilterBar::sentenceChanged, this, &MessagesPanel::updateCounts);
    connect(m_filterBar, &FilterBar::stopRequested, m_model, &MessagesModel::stopFiltering);
    connect(m_filterBar, &FilterBar::left, this, [this] { m_table->setFocus(); });
    connect(m_model, &MessagesModel::busyChanged, this,
        [this] { m_filterBar->setBusy(m_model->isBusy() && !m_model->arrangement().filter.where.isEmpty()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid()) {
            m_wantedRow = -1; // the user has chosen another one meanwhile
        }
    });
}

void MessagesPanel::addToFilter(const QString& test, bool also)
{
    m_filterBar->add(test, also);
}

void MessagesPanel::focusFilter()
{
    m_filterBar->edit()->setFocus(Qt::ShortcutFocusReason);
    m_filterBar->edit()->selectAll();
}

void MessagesPanel::showConnection(quint32 connection)
{
    m_connectionBox->setConnection(connection);
    applyFilter();
}

/// How far the filter has come, and what lacks its fields.
QString MessagesPanel::filteredText() const
{
    const bool hasFields = !m_model->arrangement().filter.where.isEmpty();
    QString text;
    if (hasFields && m_model->lacking() > 0) {
        text = m_model->lacking() == 1 ? tr(", 1 lacks the field")
                                       : tr(", %1 lack the field").arg(groupedNumber(m_model->lacking()));
    }
    if (m_model->isBusy()) {
        text += hasFields                   ? tr(": filtering, %1 %…").arg(m_model->percentDone())
            : m_model->arrangement().sorted ? tr(": sorting…")
                                            : tr(": filtering…");
    } else if (hasFields && m_model->isStopped()) {
        text += tr(": stopped at %1 %").arg(m_model->percentDone());
    }
    return text;
}

QString MessagesPanel::countsText() const
{
    const bool isFiltered = !m_model->arrangement().filter.isEmpty();
    const qsizetype all = m_model->capture() ? m_model->capture()->messageCount() : 0;
    QString text = m_model->rowCount() == 1 && !isFiltered ? tr("1 row")
        : isFiltered ? tr("%1 of %2 rows").arg(groupedNumber(m_model->rowCount()), groupedNumber(all))
                     : tr("%1 rows").arg(groupedNumber(m_model->rowCount()));
    text += filteredText();
    if (m_model->errors() > 0) {
        text += m_model->errors() == 1 ? tr(", 1 error") : tr(", %1 errors").arg(groupedNumber(m_model->errors()));
    }
    const LeftOut leftOut = m_model->capture() ? m_model->capture()->leftOut() : LeftOut();
    if (leftOut.bytes > 0) {
        text += tr(", %1 bytes left out").arg(shortNumber(leftOut.bytes, 100'000));
    }
    if (m_model->isCut()) {
        text += tr(": not all fit in a table, filter to see the others");
    }
    return text;
}

void MessagesPanel::updateCounts()
{
    const MessageFilter& filter = m_model->arrangement().filter;
    const qsizetype all = m_model->capture() ? m_model->capture()->messageCount() : 0;
    const LeftOut leftOut = m_model->capture() ? m_model->capture()->leftOut() : LeftOut();
    QString said = m_filterBar->sentence();
    if (said.isEmpty() && !filter.where.isEmpty() && !m_model->isBusy() && m_model->looked() > 0
        && m_model->lacking() == m_model->looked()) {
        said = tr("No message here has that field.");
    }
    const Theme& theme = Theme::instance();
    const QColor colour = said.isEmpty() ? palette().color(QPalette::WindowText)
        : m_filterBar->hasMistake()      ? theme.error()
                                         : theme.warning();
    if (m_counts->palette().color(QPalette::WindowText) != colour) {
        QPalette colours = m_counts->palette();
        colours.setColor(QPalette::WindowText, colour);
        m_counts->setPalette(colours);
    }
    const QString counts = countsText();
    // A mistake comes first: it is what one looks for while one types. The list is that of the last good filter then.
    m_counts->setToolTip(!said.isEmpty() ? QString(u"<p>" + said.toHtmlEscaped() + u"</p><p>" + counts + u"</p>")
            : leftOut.bytes > 0
            ? tr("%1 reads and writes with %2 bytes came faster than the capture could be written. Where they are "
                 "missing, a line says how many.")
                  .arg(groupedNumber(leftOut.chunks), groupedNumber(leftOut.bytes))
            : QString());
    m_connectionBox->setVisible(!m_filterBar->hasMistake()); // the sentence needs the room
    m_errorsOnly->setVisible(!m_filterBar->hasMistake());
    m_counts->setFullText(said.isEmpty() ? counts : tr("%1 (%2)").arg(said, counts));
    // "Errors only" over an empty table is good news, not an invitation.
    m_table->setEmptyText(
        !filter.isEmpty() && all > 0 && !m_model->isBusy() ? tr("No message passes the filter above.") : m_emptyText);
}

} // namespace sockeye
