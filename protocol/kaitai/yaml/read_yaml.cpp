// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/yaml/read_yaml.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/text/utf8.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace sockeye::kaitai::yaml {

namespace {

constexpr qsizetype maxText = 2 * 1024 * 1024;
constexpr std::size_t maxDepth = 100;
constexpr qsizetype maxNodes = 200'000;

/// Leaves yaml-cpp's parser, which is told of events, at the first thing that we do not take.
struct Refused {
    Mistake mistake;
};

bool isNull(QByteArrayView plain)
{
    return plain.isEmpty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL";
}

/// Builds our nodes from yaml-cpp's events.
class Builder final : public YAML::EventHandler {
public:
    explicit Builder(const QString& file)
        : m_file(file)
    {
    }

    [[nodiscard]] NodePtr root() const { return m_root; }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        attach(newNode(mark, anchor, Node::Kind::Null));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.find(anchor);
        if (found == m_anchors.end() || isOpen(found->second)) {
            refuse(mark, tr("An alias stands inside what it stands for."));
        }
        attach(found->second, mark.line + 1, mark.column + 1);
    }

    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override
    {
        const QByteArray text = QByteArray::fromStdString(value);
        const bool isPlain = tag == "?" || tag.empty();
        const std::shared_ptr<Node> node =
            newNode(mark, anchor, isPlain && isNull(text) ? Node::Kind::Null : Node::Kind::Scalar);
        node->isQuoted = !isPlain;
        node->text = text;
        attach(node);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/) override
    {
        open(newNode(mark, anchor, Node::Kind::List));
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/) override
    {
        open(newNode(mark, anchor, Node::Kind::Map));
    }
    void OnMapEnd() override { close(); }

private:
    [[noreturn]] void refuse(const YAML::Mark& mark, const QString& text) const
    {
        throw Refused { Mistake { { m_file, {}, mark.line + 1, mark.column + 1 }, text } };
    }

    std::shared_ptr<Node> newNode(const YAML::Mark& mark, YAML::anchor_t anchor, Node::Kind kind)
    {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->line = mark.line + 1;
        node->column = mark.column + 1;
        if (anchor != YAML::NullAnchor) {
            m_anchors[anchor] = node;
        }
        return node;
    }

    [[nodiscard]] bool isOpen(const NodePtr& node) const
    {
        return std::find(m_open.begin(), m_open.end(), node) != m_open.end();
    }

    void open(const std::shared_ptr<Node>& node)
    {
        if (m_open.size() >= maxDepth) {
            throw Refused { Mistake { { m_file, {}, node->line, node->column },
                tr("The YAML is nested deeper than %1 levels.").arg(maxDepth) } };
        }
        m_open.push_back(node);
    }

    void close()
    {
        const std::shared_ptr<Node> node = m_open.back();
        m_open.pop_back();
        attach(node);
    }

    void attach(const NodePtr& node) { attach(node, node->line, node->column); }
    void attach(const NodePtr& node, int line, int column)
    {
        if (m_open.empty()) {
            m_root = node;
            return;
        }
        Node& parent = *m_open.back();
        parent.weight += node->weight;
        if (parent.weight > maxNodes) {
            throw Refused { Mistake {
                { m_file, {}, line, column }, tr("The description has more than %1 parts.").arg(maxNodes) } };
        }
        if (parent.kind == Node::Kind::Map && parent.keys.size() == parent.items.size()) {
            if (node->kind == Node::Kind::Scalar && !m_keys[&parent].insert(node->text).second) {
                throw Refused { Mistake {
                    { m_file, {}, line, column }, tr("The key %1 comes twice.").arg(quoted(node->text)) } };
            }
            parent.keys.push_back(node);
        } else {
            parent.items.push_back(node);
        }
    }

    QString m_file;
    NodePtr m_root = std::make_shared<Node>();
    std::vector<std::shared_ptr<Node>> m_open;
    std::map<YAML::anchor_t, NodePtr> m_anchors;
    std::map<const Node*, std::set<QByteArray>> m_keys; ///< of each map, those seen
};

} // namespace

tl::expected<NodePtr, Mistake> read(QByteArrayView utf8, const QString& file)
{
    if (utf8.size() > maxText) {
        return tl::unexpected(
            Mistake { { file, {}, 0, 0 }, tr("The description is longer than %1 MiB.").arg(maxText / 1024 / 1024) });
    }
    if (validUtf8Prefix(utf8) != utf8.size()) {
        return tl::unexpected(Mistake { { file, {}, 0, 0 }, tr("The description is not UTF-8 text.") });
    }
    try {
        std::istringstream text(std::string(utf8.data(), static_cast<std::size_t>(utf8.size())));
        YAML::Parser parser(text);
        Builder builder(file);
        (void)parser.HandleNextDocument(builder);
        return builder.root();
    } catch (const Refused& refused) {
        return tl::unexpected(refused.mistake);
    } catch (const YAML::Exception& error) {
        return tl::unexpected(Mistake { { file, {}, error.mark.line + 1, error.mark.column + 1 },
            tr("This is not YAML: %1.").arg(QString::fromStdString(error.msg)) });
    }
}

} // namespace sockeye::kaitai::yaml
