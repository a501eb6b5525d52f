// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QSplitter;
class QTabWidget;

namespace sockeye {

class KernelPanel;
class MessagesPanel;
class SendListPanel;
class TranscriptModel;
class TranscriptView;

/// What came of a client's requests: the transcript, and tabs with the messages, the list of what is sent and the
/// kernel's side. As there is room, the transcript stands beside the tabs, above them, or is the first of them.
class ClientResults final : public QWidget {
    Q_OBJECT
public:
    explicit ClientResults(TranscriptModel& transcript, QWidget* parent = nullptr);

    [[nodiscard]] TranscriptView& transcript() const { return *m_transcript; }
    [[nodiscard]] MessagesPanel& messages() const { return *m_messages; }
    [[nodiscard]] KernelPanel& kernel() const { return *m_kernel; }
    [[nodiscard]] SendListPanel& sendList() const { return *m_list; }
    void setTranscriptShown(bool shown);
    void showMessages(); ///< their tab comes to the front
    void showSendList(); ///< likewise

    /// With the transcript as a tab, whatever it is now: it becomes one when the height is taken away.
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); } ///< it takes all that others leave

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Arrangement : quint8 { Beside, Above, Tab };
    [[nodiscard]] Arrangement fitting() const;
    void arrange(Arrangement arrangement);

    TranscriptView* m_transcript;
    MessagesPanel* m_messages;
    KernelPanel* m_kernel;
    SendListPanel* m_list;
    QTabWidget* m_tabs;
    QSplitter* m_parts;
    QWidget* m_talk; ///< transcript and note
    Arrangement m_arrangement = Arrangement::Above;
    bool m_transcriptShown = true;
};

} // namespace sockeye
