// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/load/wrong_reply_bar.h"

#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace sockeye {

WrongReplyBar::WrongReplyBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_parts(new QButtonGroup(this))
{
    m_text->setAccessibleName(tr("First wrong reply"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    const std::pair<WrongReplyCapture::Part, QString> parts[] { { WrongReplyCapture::Part::Request, tr("Request") },
        { WrongReplyCapture::Part::Received, tr("Wrong reply") },
        { WrongReplyCapture::Part::Expected, tr("Right reply") } };
    for (const auto& [part, text] : parts) {
        auto* button = new QToolButton(this);
        button->setText(text);
        button->setAccessibleName(text);
        button->setToolTip(tr("Show its bytes in the inspector"));
        button->setCheckable(true);
        button->setAutoRaise(true); // so that the chosen one stands out, also in the dark
        button->setFocusPolicy(Qt::StrongFocus);
        m_parts->addButton(button, static_cast<int>(part));
        layout->addWidget(button);
    }
    m_parts->button(static_cast<int>(WrongReplyCapture::Part::Received))->setChecked(true);
    connect(m_parts, &QButtonGroup::idClicked, this, &WrongReplyBar::partChosen);
    connect(&Theme::instance(), &Theme::changed, this, &WrongReplyBar::applyTheme);
    setAutoFillBackground(true);
    applyTheme();
}

void WrongReplyBar::tell(const LoadReport& report)
{
    const WrongReply& wrong = *report.firstWrong;
    const auto byteAt = [&wrong](const QByteArray& bytes) {
        return wrong.difference < bytes.size()
            ? describeByte(static_cast<uchar>(bytes[static_cast<qsizetype>(wrong.difference)]))
            : tr("the end");
    };
    const QString request = visibleText(report.plan.mix.value(wrong.request).name);
    m_text->setText(wrong.expected.isEmpty()
            ? tr("First wrong reply: it came unasked, after the one to %1.").arg(request)
            : tr("First wrong reply, to %1: at offset %2 there is %3 instead of %4.")
                  .arg(request, groupedNumber(wrong.difference), byteAt(wrong.received), byteAt(wrong.expected)));
    m_parts->button(static_cast<int>(WrongReplyCapture::Part::Expected))->setEnabled(!wrong.expected.isEmpty());
    m_parts->button(static_cast<int>(WrongReplyCapture::Part::Received))->setChecked(true);
}

WrongReplyCapture::Part WrongReplyBar::part() const
{
    return static_cast<WrongReplyCapture::Part>(m_parts->checkedId());
}

void WrongReplyBar::applyTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Window, Theme::instance().notice());
    setPalette(colours);
}

} // namespace sockeye
