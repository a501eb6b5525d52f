// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/diagnose_offer.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sockeye {

namespace {

bool canExplain(FailureCode code)
{
    switch (code) {
    case FailureCode::Refused:
    case FailureCode::TimedOut:
    case FailureCode::Unreachable:
    case FailureCode::Reset:
    case FailureCode::NameNotFound:
    case FailureCode::AddressNotAvailable:
    case FailureCode::Forbidden:
    case FailureCode::TooManyFiles:
    case FailureCode::OutOfMemory:
        return true;
    default:
        return false;
    }
}

} // namespace

DiagnoseOffer::DiagnoseOffer(QWidget* parent)
    : QWidget(parent)
    , m_what(new QLabel(this))
{
    auto* button = new QPushButton(tr("Diagnose"), this);
    button->setToolTip(tr("Find out why: look up the name, ping, connect to every address, see who has the port"));
    m_what->setTextFormat(Qt::PlainText);
    m_what->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_what, 1);
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, &DiagnoseOffer::diagnoseWanted);
    const auto takeColours = [this] {
        QPalette colours = m_what->palette();
        colours.setColor(QPalette::WindowText, Theme::instance().error());
        m_what->setPalette(colours);
    };
    connect(&Theme::instance(), &Theme::changed, this, takeColours);
    takeColours();
    hide();
}

void DiagnoseOffer::showFor(const Failure& failure)
{
    m_what->setText(failure.what);
    setVisible(canExplain(failure.code));
}

} // namespace sockeye
