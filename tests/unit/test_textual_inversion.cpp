#include <QTest>
#include <limits>

#include "core/weights/mapped_source.h"
#include "core/weights/textual_inversion.h"

QObject* makeTestTextualInversion();

namespace likeness {
namespace {

Result<TextualInversion> read(const NamedTensors& tensors, const std::string& path = "/x/my-style.pt") {
  return readTextualInversion(MemorySource(tensors, path));
}

using Names = std::vector<std::string>;

}  // namespace

/// Embeddings in each kind of file, and in files that lie.
class TestTextualInversion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsEveryKind() {
    const auto rows = torch::randn({3, 8});
    const auto webUi = read({{"string_to_param.*", rows}, {"string_to_token.*", torch::tensor(265)}}).value();
    QVERIFY(webUi.names == Names{"my-style"} && torch::equal(webUi.vectors.front(), rows) && webUi.count() == 3);
    const auto safe = read({{"emb_params", rows.to(torch::kFloat16)}}, "nova.safetensors").value();
    QVERIFY(safe.names == Names{"nova"} && safe.vectors.front().scalar_type() == torch::kFloat32);
    const auto diffusers = read({{"<cat-toy>", rows[0]}}, "a/learned_embeds.bin").value();
    QVERIFY(diffusers.names == Names{"<cat-toy>"} && torch::equal(diffusers.vectors.front(), rows.narrow(0, 0, 1)));
    const auto renamed = read({{"<cat-toy>", rows}}, "a/toy.safetensors").value();
    QVERIFY((renamed.names == Names{"toy", "<cat-toy>"}));
    for (const auto& [first, second] : {std::pair{"clip_l", "clip_g"}, {"text_encoders_0", "text_encoders_1"}}) {
      const auto xl = read({{second, torch::ones({3, 12})}, {first, rows}}, "xl.safetensors").value();
      QVERIFY(xl.names == Names{"xl"} && xl.vectors.size() == 2);
      QVERIFY(torch::equal(xl.vectors[0], rows) && xl.vectors[1].size(1) == 12);
    }
    QVERIFY(read({{"clip_l", rows}})->names == Names{"my-style"});
  }

  void refusesTheRest_data() {
    QTest::addColumn<int>("which");
    const char* rows[] = {"no tensor",    "a model's tensors", "two embeddings", "a picture's dimensions",
                          "integers",     "no vector",         "a scalar",       "76 vectors",
                          "not a number", "infinite in half",  "uneven for XL"};
    for (int i = 0; i < static_cast<int>(std::size(rows)); ++i) QTest::newRow(rows[i]) << i;
  }
  void refusesTheRest() {
    QFETCH(const int, which);
    const auto fine = torch::ones({2, 8});
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
    const std::vector<std::pair<NamedTensors, ErrorCode>> files = {
        {{}, ErrorCode::Unsupported},
        {{{"a.weight", fine}, {"b.weight", fine}}, ErrorCode::Unsupported},
        {{{"string_to_param.*", fine}, {"string_to_param.+", fine}}, ErrorCode::Unsupported},
        {{{"emb_params", torch::ones({2, 3, 4})}}, ErrorCode::Unsupported},
        {{{"emb_params", torch::ones({2, 8}, torch::kInt64)}}, ErrorCode::Unsupported},
        {{{"emb_params", torch::ones({0, 8})}}, ErrorCode::Unsupported},
        {{{"emb_params", torch::tensor(1.0F)}}, ErrorCode::Unsupported},
        {{{"emb_params", torch::ones({76, 8})}}, ErrorCode::Unsupported},
        {{{"emb_params", torch::full({2, 8}, nan)}}, ErrorCode::Corrupt},
        {{{"emb_params", torch::full({2, 8}, infinite, torch::kFloat16)}}, ErrorCode::Corrupt},
        {{{"clip_l", fine}, {"clip_g", torch::ones({3, 8})}}, ErrorCode::Corrupt},
    };
    const auto refused = read(files[static_cast<std::size_t>(which)].first);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, files[static_cast<std::size_t>(which)].second);
    QVERIFY2(refused.error().message.starts_with("/x/my-style.pt "), refused.error().message.c_str());
    QCOMPARE(refused.error().path, std::string("/x/my-style.pt"));
  }

  void namesFamilies() {
    QCOMPARE(familyOfWidths({768}), std::string("Stable Diffusion 1.x"));
    QCOMPARE(familyOfWidths({1024}), std::string("Stable Diffusion 2.x"));
    QCOMPARE(familyOfWidths({768, 1280}), std::string("Stable Diffusion XL"));
    QCOMPARE(familyOfWidths({32, 16}), std::string("a model with text of width 32 and 16"));
  }
};

}  // namespace likeness

QObject* makeTestTextualInversion() { return new likeness::TestTextualInversion; }
#include "test_textual_inversion.moc"
