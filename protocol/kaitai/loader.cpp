// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/check_program.h"
#include "protocol/kaitai/check/resolve.h"
#include "protocol/kaitai/check/sizes.h"
#include "protocol/kaitai/description.h"
#include "protocol/kaitai/load/spec_reader.h"
#include "protocol/kaitai/run/plain_record.h"
#include "protocol/kaitai/yaml/read_yaml.h"

#include <QHash>

namespace sockeye::kaitai {

/// Reads a description and what it imports, and checks the whole.
class Loader {
public:
    explicit Loader(const Importer& importer)
        : m_importer(importer)
        , m_program(std::make_unique<Program>())
    {
    }

    tl::expected<std::shared_ptr<const Description>, QList<Mistake>> load(const Source& source)
    {
        read(source);
        // Files that are found on the way are appended.
        for (std::size_t i = 0; i < m_program->modules.size(); ++i) {
            import(*m_program->modules[i]);
        }
        if (!m_report.isEmpty()) {
            return tl::unexpected(m_report.mistakes());
        }
        resolveNames(*m_program, m_report);
        if (m_report.isEmpty()) {
            computeSizes(*m_program);
            resolveParents(*m_program);
        }
        // Names that are not found give no more mistakes; all others are worth to be seen at once.
        checkProgram(*m_program, m_report);
        std::shared_ptr<Description> description(new Description(std::move(m_program)));
        description->m_client = senderType(*description, description->m_program->main().clientType);
        description->m_server = senderType(*description, description->m_program->main().serverType);
        checkRoot(*description);
        checkPair(*description);
        if (!m_report.isEmpty()) {
            return tl::unexpected(m_report.mistakes());
        }
        markPlainFields(*description->m_program);
        for (const auto& module : description->m_program->modules) {
            forEachType(*module, prepareType);
        }
        description->m_warnings = m_report.warnings();
        return description;
    }

private:
    void read(const Source& source)
    {
        const auto yaml = yaml::read(source.text, source.file);
        if (!yaml) {
            m_report.add(yaml.error());
        }
        const yaml::NodePtr top = yaml ? *yaml : std::make_shared<yaml::Node>();
        Report broken;
        m_program->modules.push_back(readModule(Cursor(top.get(), source.file, {}), yaml ? m_report : broken));
        m_known.insert(source.file, m_program->modules.back().get());
    }

    void import(Module& module)
    {
        constexpr std::size_t mostFiles = 100;
        for (const auto& [name, place] : module.imports) {
            const auto source = m_importer ? m_importer(QString::fromUtf8(name), module.file) : std::nullopt;
            if (!source) {
                m_report.add(place, tr("There is no file %1.ksy to import.").arg(QString::fromUtf8(name)));
                continue;
            }
            if (m_known.contains(source->file)) {
                continue;
            }
            if (m_program->modules.size() >= mostFiles) {
                m_report.add(place, tr("More than %1 files are imported.").arg(mostFiles));
                return;
            }
            read(*source);
        }
    }

    const TypeSpec* senderType(const Description& description, const std::pair<QByteArray, SourcePosition>& name)
    {
        if (name.first.isEmpty()) {
            return nullptr;
        }
        const TypeSpec* found = findType(*description.m_program, description.m_program->root(), name.first);
        if (found == nullptr) {
            m_report.add(name.second, tr("There is no type %1.").arg(quoted(name.first)));
        } else if (found->parameterCount > 0) {
            m_report.add(name.second, tr("A type with parameters cannot be a message."));
        }
        return found;
    }

    void checkRoot(const Description& description)
    {
        const TypeSpec& root = description.m_program->root();
        if (root.parameterCount > 0) {
            m_report.add(root.at(0).place,
                tr("The type of the whole file has parameters, so that it can only be imported, not be a message."));
        }
    }

    /// The path of -pair must exist in what at least one side sends.
    void checkPair(const Description& description)
    {
        const auto& [path, place] = description.m_program->main().pair;
        if (path.isEmpty()) {
            return;
        }
        const auto has = [&path = path](const TypeSpec* spec) {
            for (const QByteArray& id : path.split('.')) {
                const int slot = spec == nullptr ? -1 : spec->slotOf(id);
                if (slot < 0) {
                    return false;
                }
                spec = spec->at(slot).elementType.spec;
            }
            return true;
        };
        const TypeSpec* root = &description.m_program->root();
        if (!has(description.m_client == nullptr ? root : description.m_client)
            && !has(description.m_server == nullptr ? root : description.m_server)) {
            m_report.add(place, tr("There is no field %1 in the messages.").arg(quoted(path)));
        }
    }

    const Importer& m_importer;
    std::unique_ptr<Program> m_program;
    Report m_report;
    QHash<QString, const Module*> m_known;
};

tl::expected<std::shared_ptr<const Description>, QList<Mistake>> load(const Source& source, const Importer& importer)
{
    return Loader(importer).load(source);
}

} // namespace sockeye::kaitai
