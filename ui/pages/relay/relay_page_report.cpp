// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The report of a relay: what it says, and where it goes.

#include "app/relay/report/run_report.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/pages/relay/relay_page.h"
#include "ui/pages/relay/relay_reporter.h"
#include "ui/pages/relay/scenario/scenario_panel.h"
#include "ui/rules/rules_model.h"
#include "ui/rules/rules_panel.h"

#include <QFileDialog>

namespace sockeye {

RelayReport RelayPage::report() const
{
    RunTexts texts;
    texts.command = repeated();
    texts.port = isActive() ? m_relay->address().port : quint16(0);
    texts.usesRules = m_rules->isOn();
    if (m_rules->isOn() || m_rules->hasOwnText()) {
        texts.rules = { m_rules->file(), m_rules->text() };
        texts.ruleSet = m_rules->isOn() ? m_rules->shelf()->rules() : m_rules->model()->rules();
    }
    texts.usesScenario = m_scenario->isOn();
    if (m_scenario->isOn() || m_scenario->hasOwnText()) {
        texts.scenario = { m_scenario->file(), m_scenario->text() };
    }
    return reportOf(*m_relay, *m_capture, texts);
}

void RelayPage::reportTo(const QString& file, bool withCapture)
{
    if (!m_relay || !m_capture) {
        return;
    }
    QHash<quint32, TargetLeg> targets;
    const ConnectionsModel* const model = connections()->model();
    for (int row = 0; row < model->rowCount() && row < RelayTraffic::mostListed; ++row) {
        const quint32 connection = model->entry(row).record.id;
        if (const std::optional<TargetLeg> target = m_relay->target(connection)) {
            targets.insert(connection, *target);
        }
    }
    m_reporter->save(file, report(), m_capture, targets, withCapture);
}

void RelayPage::saveReport()
{
    const QString both = tr("Report, and its capture beside it (*.md)");
    auto* dialog =
        new QFileDialog(this, tr("Save the report of %1").arg(title()), {}, both + u";;" + tr("Report alone (*.md)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("md"));
    dialog->selectFile(title().toLower().replace(u' ', u'-') + QStringLiteral(".md"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, dialog, both](const QString& file) { reportTo(file, dialog->selectedNameFilter() == both); });
    dialog->open();
}

} // namespace sockeye
