// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/capture/grant_notice.h"

#include "app/live/capture_tool.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sockeye {

GrantNotice::GrantNotice(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_after(new QLabel(this))
    , m_command(new QLineEdit(this))
{
    setAccessibleName(tr("The right to capture is missing"));
    m_after->setText(tr("Enter this command in a terminal once, then start again. From then on, whoever may run that "
                        "program can capture with it."));
    for (QLabel* label : { m_text, m_after }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_command->setReadOnly(true);
    m_command->setAccessibleName(tr("Command that grants the right"));
    auto* copy = new QPushButton(tr("Copy"), this);
    copy->setAccessibleName(tr("Copy command"));
    copy->setToolTip(tr("Copy the command to the clipboard"));
    connect(copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_command->text());
        Q_EMIT copied();
    });
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_command, 1);
    row->addWidget(copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addLayout(row);
    layout->addWidget(m_after);
    setAutoFillBackground(true);
    connect(&Theme::instance(), &Theme::changed, this, &GrantNotice::applyTheme);
    applyTheme();
}

void GrantNotice::tell(const Failure& failure, const QString& tool)
{
    m_text->setText(QString(failure.what + u' ' + failure.meaning));
    m_command->setText(grantCommand(tool));
    m_command->setCursorPosition(0);
    m_command->setToolTip(m_command->text());
}

void GrantNotice::applyTheme()
{
    QPalette colours = QApplication::palette();
    colours.setColor(QPalette::Window, Theme::instance().notice());
    setPalette(colours);
    m_command->setFont(Theme::instance().monospace());
}

} // namespace sockeye
