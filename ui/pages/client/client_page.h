// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/page.h"
#include "ui/transcript/transcript_entry.h"

#include <memory>

class QSplitter;

namespace sockeye {

class ClientChat;
class ClientConversation;
class ClientOptionsPanel;
class ClientResults;
class ClientTargetBar;
class ComposerPanel;
class DiagnoseOffer;
class FlatScrollArea;
class IoThreads;
class KernelPanel;
class MessageLocator;
class MessagesPanel;
class RereadRow;
class SendListPanel;
struct ListPlan;
class TranscriptView;

/// A client: where to connect, the request that is being written, and what came of those before.
class ClientPage final : public Page {
    Q_OBJECT
public:
    explicit ClientPage(IoThreads& threads, QWidget* parent = nullptr);
    ~ClientPage() override;

    void setTarget(const QString& host, quint16 port);
    void setTarget(const Destination& there); ///< with how it is spoken to
    void setProtocol(const ProtocolPtr& protocol);
    /// Fills the form and sends, as if the user had done it.
    void sendRequest(const QString& action, const QString& value);
    void send(); ///< what the composer holds
    void repeat(); ///< the same again and again, as the row beneath it says
    /// Messages of a capture into its send list, which comes to the front.
    void takeMessages(const std::shared_ptr<const Capture>& capture, const RowChoice& rows);
    void restore(const QJsonObject& state); ///< ignores what it cannot read

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override;
    [[nodiscard]] MessageRef currentMessage() const override { return m_current; }
    [[nodiscard]] QJsonObject saveState() const override;
    [[nodiscard]] ExportableMessages exportableMessages() const override;
    void focusFind() override;
    void findNext(bool backwards) override;
    void focusFilter() override;
    void addToFilter(const QString& test, bool also) override;
    [[nodiscard]] MessagesPanel* messagesPanel(bool inFront) override;
    void copySelection() override;
    void showBytes(qint64 offset, qint64 size) override;
    [[nodiscard]] MessagesPanel* messagesPanel() const override;
    void showMessagesView(MessagesView view) override;
    [[nodiscard]] bool hasUnsaved() const override; ///< its send list
    void whenClosable(const std::function<void()>& act) override;

Q_SIGNALS:
    void exchangeFinished(bool answered); ///< false: it failed, or was cancelled

private:
    [[nodiscard]] MessagesPanel& messages() const;
    [[nodiscard]] KernelPanel& kernel() const;
    [[nodiscard]] TranscriptView& transcript() const;
    void buildLayout();
    void connectTarget();
    void connectComposer();
    [[nodiscard]] bool hasHost(); ///< or says why not
    void connectMessages();
    [[nodiscard]] ClientOptions options() const;
    [[nodiscard]] CopiedRequest draftRequest() const;
    [[nodiscard]] bool maySend(const CopiedRequest& request); ///< or says why not
    [[nodiscard]] SendPlan planOf(const CopiedRequest& request) const;
    void connectRepeat();
    void connectSendList();
    void runList(const ListPlan& plan);
    [[nodiscard]] SendListPanel& sendList() const;
    void showClientState();
    void showProtocol();
    void say(const QByteArray& line);
    [[nodiscard]] bool isChat() const;
    void showEntry();
    void showMessage(const MessageRef& message);
    void copyRequest(CopyForm form, const CopiedRequest& request);
    void copyEntry(CopyForm form);
    void copyEntryText();
    void editEntryAgain();
    void flood();

    ClientConversation* m_conversation;
    ClientTargetBar* m_target;
    ClientOptionsPanel* m_options;
    FlatScrollArea* m_optionsArea;
    ClientChat* m_chat; ///< instead of composer and transcript, where lines are exchanged
    DiagnoseOffer* m_diagnose;
    ComposerPanel* m_composer;
    ClientResults* m_results;
    RereadRow* m_reread;
    MessageLocator* m_locator;
    QSplitter* m_parts; ///< composer over what came of it
    quint64 m_made = 0; ///< messages that went out, for counters in them
    std::unique_ptr<ListPlan> m_list; ///< that is being sent; null: none is
    MessageRef m_current;
    bool m_linking = false; ///< one view follows the other, not the user
};

} // namespace sockeye
