// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/protocol_box.h"

#include "app/descriptions/protocol_files.h"
#include "ui/protocols/new_protocol_dialog.h"
#include "ui/protocols/protocol_editor.h"
#include "ui/protocols/protocol_library.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QSignalBlocker>

namespace sockeye {

namespace {

constexpr int entryRole = Qt::UserRole + 1;

} // namespace

ProtocolBox::ProtocolBox(QWidget* parent)
    : QComboBox(parent)
    , m_protocol(defaultProtocol())
{
    setAccessibleName(tr("Protocol"));
    fill();
    connect(this, &QComboBox::currentIndexChanged, this, &ProtocolBox::activate);
    ProtocolLibrary& library = ProtocolLibrary::instance();
    connect(&library, &ProtocolLibrary::replaced, this, [this](const ProtocolPtr& before, const ProtocolPtr& now) {
        if (m_protocol == before) {
            choose(now);
        }
    });
    connect(&library, &ProtocolLibrary::failed, this, [this](const ProtocolPtr& protocol, const QString& problem) {
        if (m_protocol == protocol) {
            showProblem(problem);
        }
    });
}

void ProtocolBox::setProtocol(const ProtocolPtr& protocol)
{
    m_protocol = protocol;
    m_problem.clear();
    ProtocolLibrary::instance().use(protocol);
    fill();
}

void ProtocolBox::setTransport(std::optional<Transport> transport)
{
    m_transport = transport;
    fill();
}

void ProtocolBox::showPopup()
{
    fill();
    QComboBox::showPopup();
}

bool ProtocolBox::isUsable(const ProtocolPtr& protocol) const
{
    return !m_transport || (*m_transport == Transport::Tcp ? protocol->cutsStreams() : protocol->readsDatagrams());
}

void ProtocolBox::fill()
{
    const QSignalBlocker blocker(this);
    m_offered = protocols();
    if (m_transport == Transport::Udp) {
        m_offered.prepend(protocolForDatagrams(plainProtocol()));
    }
    m_offered.removeIf([this](const ProtocolPtr& each) { return !isUsable(each); });
    // Datagrams are read in one way by all that knows only streams, which stays chosen for these.
    const ProtocolPtr& shown = m_transport == Transport::Udp ? protocolForDatagrams(m_protocol) : m_protocol;
    if (!m_offered.contains(shown)) {
        m_offered.append(shown); // one that is not offered everywhere, or not any more
    }
    clear();
    for (const ProtocolPtr& offered : std::as_const(m_offered)) {
        addItem(offered->title(), offered->id());
        setItemData(count() - 1, offered->id(), Qt::ToolTipRole);
    }
    setCurrentIndex(static_cast<int>(m_offered.indexOf(shown)));
    insertSeparator(count());
    add(Entry::Open, tr("Open description…"));
    add(Entry::New, tr("New protocol…"));
    if (!filesOf(m_protocol).isEmpty()) {
        add(Entry::Edit, tr("Edit “%1”…").arg(m_protocol->title()));
    }
    setToolTip(m_problem.isEmpty() ? tr("How bytes are cut into messages, and what these mean") : m_problem);
    if (!m_problem.isEmpty()) {
        setItemIcon(currentIndex(), Theme::instance().icon(QStringLiteral("warning")));
    }
}

void ProtocolBox::add(Entry entry, const QString& text)
{
    addItem(text);
    setItemData(count() - 1, static_cast<int>(entry), entryRole);
}

void ProtocolBox::activate(int index)
{
    const auto entry = static_cast<Entry>(itemData(index, entryRole).toInt());
    if (entry == Entry::Protocol) {
        const ProtocolPtr wanted = m_offered.value(index, m_protocol);
        if (wanted != m_protocol) {
            choose(wanted);
        }
        return;
    }
    fill(); // what is chosen stays so until something else is
    switch (entry) {
    case Entry::Open:
        openFile();
        break;
    case Entry::New:
        describeNew();
        break;
    default:
        edit();
    }
}

void ProtocolBox::choose(const ProtocolPtr& protocol)
{
    setProtocol(protocol);
    Q_EMIT chosen(protocol);
}

/// What came of loading a file.
void ProtocolBox::take(const ProtocolPtr& protocol, const QString& problem)
{
    QString text = problem;
    if (protocol && !isUsable(protocol)) {
        text = protocol->whyNotStreams();
    }
    if (text.isEmpty()) {
        choose(protocol);
        return;
    }
    auto* message = new QMessageBox(QMessageBox::Warning, tr("Description"),
        problem.isEmpty() ? tr("“%1” cannot be used here.").arg(protocol->title())
                          : tr("The description cannot be used."),
        QMessageBox::Close, window());
    message->setInformativeText(text);
    message->setAttribute(Qt::WA_DeleteOnClose);
    message->open();
}

void ProtocolBox::openFile()
{
    auto* dialog = new QFileDialog(
        window(), tr("Open a description"), protocolFolder(), tr("Kaitai Struct descriptions (*.ksy);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        ProtocolLibrary::instance().open(
            file, this, [this](const ProtocolPtr& protocol, const QString& problem) { take(protocol, problem); });
    });
    dialog->open();
}

void ProtocolBox::describeNew()
{
    auto* dialog = new NewProtocolDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewProtocolDialog::created, this, [this](const QString& file) {
        ProtocolLibrary::instance().open(
            file, this, [this](const ProtocolPtr& protocol, const QString& problem) { take(protocol, problem); });
    });
    dialog->open();
}

void ProtocolBox::edit()
{
    const QStringList files = filesOf(m_protocol);
    if (!files.isEmpty()) {
        ProtocolEditor::open(files.constFirst(), window());
    }
}

void ProtocolBox::showProblem(const QString& problem)
{
    m_problem = problem;
    fill();
}

} // namespace sockeye
