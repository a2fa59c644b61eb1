#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/base/json.h"
#include "core/text/prompt_chunks.h"
#include "core/text/prompt_schedule.h"
#include "core/text/prompt_syntax.h"

QObject* makeTestPromptSyntax();

namespace likeness {
namespace fs = std::filesystem;
namespace {

fs::path fixture() {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  const fs::path root = given && *given ? fs::path(given) : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
  return root / "text" / "prompt_syntax.json";
}

std::vector<WeightedText> stretchesOf(const Json& rows) {
  std::vector<WeightedText> stretches;
  for (const auto& row : rows) stretches.push_back({row[0].get<std::string>(), row[1].get<double>()});
  return stretches;
}

std::string shown(const std::vector<WeightedText>& stretches) {
  Json rows = Json::array();
  for (const auto& [text, weight] : stretches) rows.push_back({text, weight});
  return rows.dump();
}

TextualInversion embeddingOf(const std::string& name, std::int64_t count, std::int64_t width = 4) {
  return {{name}, {torch::ones({count, width})}, name + ".pt"};
}

std::string words(int count, const std::string& word = "dog ") {
  std::string text;
  for (int i = 0; i < count; ++i) text += word;
  return text;
}

}  // namespace

/// Prompts against what AUTOMATIC1111's web UI makes of them.
class TestPromptSyntax : public QObject {
  Q_OBJECT

 private:
  Json m_table;
  ClipTokenizer m_tokenizer =
      ClipTokenizer::open(fs::path(LIKENESS_SOURCE_DIR) / "resources" / "base" / "tokenizer").value();

  // The difference between a chunk and its row of the table, or nothing.
  std::string difference(const PromptChunk& chunk, const Json& row, const std::vector<TextualInversion>& embeddings) {
    auto ids = row["ids"].get<std::vector<std::int64_t>>();
    if (chunk.tokens != ids.size()) return "tokens";
    ids.insert(ids.begin(), m_tokenizer.startToken());
    ids.push_back(m_tokenizer.endToken());
    ids.resize(77, m_tokenizer.padToken());
    if (chunk.ids != ids) return "ids";
    for (std::size_t at = 0; at < 77; ++at) {
      const double weight = jsonOr(row["weights"], std::to_string(at).c_str(), 1.0);
      if (chunk.weights.size() != 77 || std::abs(chunk.weights[at] - weight) > 1e-6) return "weights";
    }
    if (chunk.placed.size() != row["placed"].size()) return "number of embeddings";
    for (std::size_t i = 0; i < chunk.placed.size(); ++i) {
      const auto& [position, embedding] = chunk.placed[i];
      if (position != row["placed"][i][0].get<std::size_t>()) return "place of an embedding";
      if (embeddings[embedding].names.front() != row["placed"][i][1].get<std::string>()) return "embedding";
    }
    return {};
  }

 private Q_SLOTS:
  void initTestCase() { m_table = readJsonFile(fixture()).value(); }

  void parsesAsTheWebUi() {
    const auto& rows = m_table["parsed"];
    QVERIFY(rows.size() > 100);
    for (const auto& row : rows) {
      const auto got = parsePrompt(row[0].get<std::string>());
      QVERIFY2(got == stretchesOf(row[1]),
               (row[0].dump() + "\n  got " + shown(got) + "\n  not " + row[1].dump()).c_str());
    }
    qInfo("%zu prompts parsed alike", rows.size());
  }

  void schedulesAsTheWebUi() {
    const auto& rows = m_table["schedules"];
    QVERIFY(rows.size() > 100);
    for (const auto& row : rows) {
      std::vector<ScheduledPrompt> expected;
      for (const auto& entry : row[2]) expected.push_back({entry[0].get<std::int64_t>(), entry[1].get<std::string>()});
      const auto got = promptSchedule(row[0].get<std::string>(), row[1].get<std::int64_t>());
      Json shown = Json::array();
      for (const auto& [lastStep, prompt] : got) shown.push_back({lastStep, prompt});
      QVERIFY2(got == expected, (row.dump() + "\n  got " + shown.dump()).c_str());
    }
    qInfo("%zu prompts scheduled alike", rows.size());
    const auto turns = promptSchedule("[a|b]", 4);
    QVERIFY(scheduledAt(turns, 0) == 0 && scheduledAt(turns, 1) == 0 && scheduledAt(turns, 2) == 1);
    QVERIFY(scheduledAt(turns, 4) == 3);
    QCOMPARE(promptSchedule(words(20'000, "[a:"), 9).size(), std::size_t{1});
    // In a second pass parts count from 1, and steps on from those of the first.
    using Schedule = std::vector<ScheduledPrompt>;
    QVERIFY(promptSchedule("[a:b:0.9] [c:d:1.5]", 10, 20) == (Schedule{{5, "b c"}, {10, "b d"}}));
    QVERIFY(promptSchedule("[a:b:20] [c:d:23] [e:f:99]", 10, 20) == (Schedule{{3, "b c e"}, {10, "b d e"}}));
    QCOMPARE(promptSchedule(words(20'000, "[a|"), 9).size(), std::size_t{1});
  }

  void laysOutAsTheWebUi() {
    std::vector<TextualInversion> embeddings;
    for (const auto& [name, count] : m_table["embeddings"].items()) {
      embeddings.push_back(embeddingOf(name, count.get<std::int64_t>()));
    }
    const auto& rows = m_table["chunks"];
    QVERIFY(rows.size() > 30);
    std::size_t total = 0;
    for (const auto& row : rows) {
      const auto chunks = chunkPrompt(m_tokenizer, row["prompt"].get<std::string>(), embeddings).value();
      QVERIFY2(chunks.size() == row["chunks"].size(), row["prompt"].dump().c_str());
      for (std::size_t i = 0; i < chunks.size(); ++i) {
        const auto wrong = difference(chunks[i], row["chunks"][i], embeddings);
        QVERIFY2(wrong.empty(), (wrong + " of chunk " + std::to_string(i) + " of " + row["prompt"].dump()).c_str());
      }
      total += chunks.size();
    }
    qInfo("%zu prompts laid out alike in %zu chunks", rows.size(), total);
  }

  void readsBadWeightsAsText() {
    QVERIFY(parsePrompt("(dog:1.2.3)") == (std::vector<WeightedText>{{"dog:1.2.3", 1.1}}));
    QVERIFY(parsePrompt("(dog:.)") == (std::vector<WeightedText>{{"dog:.", 1.1}}));
    QVERIFY(std::isinf(parsePrompt("(dog:1" + std::string(400, '0') + ")").front().weight));
    QCOMPARE(parsePrompt("(dog:0." + std::string(400, '0') + "1)").front().weight, 0.0);
  }

  void plainPromptsAreOneChunk() {
    for (const auto* prompt : {"a photo of sks dog", "", "  ", "it's a dog, isn't it?"}) {
      const auto chunks = chunkPrompt(m_tokenizer, prompt).value();
      QVERIFY(chunks.size() == 1 && chunks.front().ids == m_tokenizer.encodePadded(prompt));
      QVERIFY(chunkPrompt(m_tokenizer, prompt, {}, false)->front().ids == chunks.front().ids);
    }
    const auto typed = chunkPrompt(m_tokenizer, "a (dog:1.3) BREAK", {}, false).value();
    QVERIFY(typed.size() == 1 && typed.front().ids == m_tokenizer.encodePadded("a (dog:1.3) BREAK"));
    QVERIFY(std::ranges::all_of(typed.front().weights, [](float weight) { return weight == 1.0F; }));
  }

  void embeddingsMoveWithTheirWords() {
    const std::vector<TextualInversion> embeddings{embeddingOf("nova", 5)};
    // 75 tokens are full behind the comma, nova and five dogs; the next dog takes all behind the comma along.
    const auto chunks = chunkPrompt(m_tokenizer, words(64) + ", nova " + words(6), embeddings).value();
    QCOMPARE(chunks.size(), std::size_t{2});
    QVERIFY(chunks[0].placed.empty() && chunks[0].tokens == 65);
    QVERIFY(chunks[1].placed.size() == 1 && chunks[1].placed[0].position == 1 && chunks[1].tokens == 11);
  }

  void embeddingsOfDiffusersAreFoundAsTyped() {
    const std::vector<TextualInversion> embeddings{embeddingOf("<cat-toy>", 3), embeddingOf("<cat>", 1)};
    for (const auto* prompt : {"x,<cat-toy>,<cat>", "x, (<Cat-Toy>:1) , <CAT>", "x,<cat-toy>,<cat>, "}) {
      const auto chunk = chunkPrompt(m_tokenizer, prompt, embeddings)->front();
      QVERIFY2(chunk.placed.size() == 2 && chunk.placed[0].embedding == 0 && chunk.placed[1].embedding == 1, prompt);
      QCOMPARE(chunk.placed[0].position, std::size_t{3});
      QCOMPARE(chunk.placed[1].position, std::size_t{7});
    }
    QVERIFY(chunkPrompt(m_tokenizer, "<cat-toyy> <dog>", embeddings)->front().placed.empty());
  }

  void measuresAndLimits() {
    const auto measured = measurePrompt(m_tokenizer, words(75) + "(cat:1.2)").value();
    QVERIFY(measured.tokens == 76 && measured.chunks == 2);
    QCOMPARE(measurePrompt(m_tokenizer, "")->chunks, std::size_t{1});
    QVERIFY(measurePrompt(m_tokenizer, words(75 * kMostChunks)).ok());
    const auto refuse = [&](const std::string& prompt, const char* part) {
      const auto refused = measurePrompt(m_tokenizer, prompt);
      QVERIFY(!refused.ok());
      QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
      QVERIFY2(refused.error().message.find(part) != std::string::npos, refused.error().message.c_str());
      QVERIFY(refused.error().message.size() < 300);
    };
    refuse(words(10'000), "10000 tokens");
    refuse(words(10'000, "elephants "), "kB");
    refuse(words(100, "BREAK "), "100 chunks");
    refuse(words(30'000, "(a"), "weigh more than 1000");
    refuse("a (dog:1001)", "\"dog\"");
    refuse("a (dog:-1001)", "\"dog\"");
    refuse("a \xC3", "UTF-8");
  }
};

}  // namespace likeness

QObject* makeTestPromptSyntax() { return new likeness::TestPromptSyntax; }
#include "test_prompt_syntax.moc"
