// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/diagnose/diagnosis_model.h"

#include "app/diagnose/diagnosis_report.h"
#include "ui/theme/theme.h"

namespace sockeye {

namespace {

/// A filled dot for what went well, a ring for what did not; and the word.
QString stateCell(DiagnosisStep::State state)
{
    switch (state) {
    case DiagnosisStep::State::Running:
        return QString(u"… " + stateText(state));
    case DiagnosisStep::State::Good:
        return QString(u"● " + stateText(state));
    case DiagnosisStep::State::Bad:
        return QString(u"○ " + stateText(state));
    case DiagnosisStep::State::NotPossible:
        break;
    }
    return QString(u"– " + stateText(state));
}

QString cellText(const DiagnosisStep& step, DiagnosisColumn column)
{
    switch (column) {
    case DiagnosisColumn::State:
        return stateCell(step.state);
    case DiagnosisColumn::Step:
        return kindText(step.kind);
    case DiagnosisColumn::Subject:
        return step.subject;
    case DiagnosisColumn::Time:
        return tookText(step.took);
    case DiagnosisColumn::Text:
        return step.text;
    }
    return {};
}

QVariant colourOf(const DiagnosisStep& step, DiagnosisColumn column)
{
    const Theme& theme = Theme::instance();
    if (column != DiagnosisColumn::State) {
        return {};
    }
    switch (step.state) {
    case DiagnosisStep::State::Good:
        return theme.good();
    case DiagnosisStep::State::Bad:
        return theme.error();
    default:
        return theme.muted();
    }
}

} // namespace

DiagnosisModel::DiagnosisModel(Diagnosis& diagnosis, QObject* parent)
    : QAbstractTableModel(parent)
    , m_diagnosis(diagnosis)
{
    connect(&diagnosis, &Diagnosis::stepAdded, this, [this](qsizetype step) {
        const auto row = static_cast<int>(step);
        beginInsertRows({}, row, row);
        m_rows = row + 1;
        endInsertRows();
    });
    connect(&diagnosis, &Diagnosis::stepEnded, this, [this](qsizetype step) {
        const auto row = static_cast<int>(step);
        Q_EMIT dataChanged(index(row, 0), index(row, diagnosisColumnCount - 1));
    });
}

void DiagnosisModel::reset()
{
    beginResetModel();
    m_rows = 0;
    endResetModel();
}

int DiagnosisModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int DiagnosisModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : diagnosisColumnCount;
}

QVariant DiagnosisModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.row() >= m_diagnosis.steps().size()) {
        return {};
    }
    const DiagnosisStep& step = m_diagnosis.steps()[index.row()];
    const auto column = static_cast<DiagnosisColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(step, column);
    case Qt::ToolTipRole:
        return QString(u"<p>" + step.text.toHtmlEscaped() + u"</p>");
    case Qt::TextAlignmentRole:
        return int((column == DiagnosisColumn::Time ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return colourOf(step, column);
    default:
        return {};
    }
}

QVariant DiagnosisModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    const auto column = static_cast<DiagnosisColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        return int((column == DiagnosisColumn::Time ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (column) {
    case DiagnosisColumn::State:
        return tr("State");
    case DiagnosisColumn::Step:
        return tr("Step");
    case DiagnosisColumn::Subject:
        return tr("Of");
    case DiagnosisColumn::Time:
        return tr("Time");
    case DiagnosisColumn::Text:
        return tr("What came of it");
    }
    return {};
}

} // namespace sockeye
