// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/protocol_box.h"

#include <QSignalBlocker>

namespace sockeye {

ProtocolBox::ProtocolBox(QWidget* parent)
    : QComboBox(parent)
    , m_protocol(defaultProtocol())
{
    setAccessibleName(tr("Protocol"));
    setToolTip(tr("How streams are cut into messages, and what these mean"));
    fill();
    connect(this, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_protocol = m_offered.value(index, m_protocol);
        Q_EMIT chosen(m_protocol);
    });
}

void ProtocolBox::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol = protocol;
    fill();
}

void ProtocolBox::showPopup()
{
    fill();
    QComboBox::showPopup();
}

void ProtocolBox::fill()
{
    const QSignalBlocker blocker(this);
    m_offered = protocols();
    if (!m_offered.contains(m_protocol)) {
        m_offered.append(m_protocol); // one that is not offered everywhere, or not any more
    }
    clear();
    for (const ProtocolPtr& offered : std::as_const(m_offered)) {
        addItem(offered->title(), offered->id());
    }
    setCurrentIndex(static_cast<int>(m_offered.indexOf(m_protocol)));
}

} // namespace sockeye
