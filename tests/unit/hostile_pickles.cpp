#include "tests/support/torch_maker.h"
#include "tests/unit/hostile_files.h"

namespace likeness {
namespace {

using namespace pickle;

// In an honest archive: a pickle, the opcodes of one value, and those of a value beside an honest tensor.
HostileFile raw(const std::string& name, const std::string& says, std::function<std::string()> object) {
  return {"pickle: " + name, says, [=] { return torchZip(object(), simpleStorage()); }};
}
HostileFile value(const std::string& name, const std::string& says, const std::string& opcodes) {
  return raw(name, says, [=] { return whole(opcodes); });
}
HostileFile beside(const std::string& name, const std::string& says, const std::string& opcodes) {
  const auto where = storage("FloatStorage", "0", 4);
  return value(name, says, dict({{"weight", tensor(where, 0, {2, 2}, {2, 1})}, {"x", opcodes}}));
}

std::string floats(std::int64_t count = 4, const std::string& key = "0") { return storage("FloatStorage", key, count); }

std::string many(const std::string& text, std::size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

std::vector<HostileFile> callers() {
  const auto shell = text("touch /tmp/likeness-was-here");
  const auto system = call(global("os", "system"), {shell});
  return {
      value("calls os.system", "os.system", system),
      value("calls posix.system", "posix.system", call(global("posix", "system"), {shell})),
      value("calls nt.system", "nt.system", call(global("nt", "system"), {shell})),
      value("calls builtins.eval", "builtins.eval", call(global("builtins", "eval"), {text("1")})),
      value("calls __builtin__.exec", "__builtin__.exec", call(global("__builtin__", "exec"), {text("1")})),
      value("calls builtins.exec in protocol 4", "builtins.exec",
            "\x8c\x08" "builtins" "\x8c\x04" "exec" "\x93" + tuple({text("1")}) + "R"),
      value("makes a subprocess.Popen", "subprocess.Popen",
            global("subprocess", "Popen") + tuple({list({text("sh")})}) + "\x81"),
      value("by INST", "opcode 0x69", "(" + shell + "ios\nsystem\n"),
      value("by OBJ", "os.system", "(" + global("os", "system") + shell + "o"),
      value("by an extension code", "opcode 0x82", "\x82\x01"),
      value("by a persistent id in text", "opcode 0x50", "Pos.system\n"),
      value("names os.system only", "os.system", global("os", "system")),
      beside("os.system beside a tensor", "os.system", system),
      value("os.system in a tensor's arguments", "os.system",
            dict({{"a", call(global("torch._utils", "_rebuild_tensor_v2"),
                             {floats(), system, sizes({1}), sizes({1}), boolean(false), none()})}})),
      value("os.system as a dictionary's key", "os.system", "}" + system + integer(1) + "s"),
      beside("os.system as an attribute", "os.system", call(global("collections", "OrderedDict"), {}) + system + "b"),
      value("calls a class that may only be named", "calls",
            call(global("pytorch_lightning.callbacks", "Callback"), {text("x")})),
      value("calls a tensor", "not a function", call(tensor(floats(), 0, {4}, {1}), {})),
      value("a function of many letters", "os.", global("os", std::string(200, 'x')) + ")R"),
      value("a function of control letters", "os.?[31m", global("os", "\x1b[31m") + ")R"),
      value("torch's own loader", "torch.load", call(global("torch", "load"), {text("x")})),
      value("a function of torch._utils", "_rebuild_device_tensor",
            call(global("torch._utils", "_rebuild_device_tensor_from_numpy"), {none()})),
      beside("a storage of program code", "way that PyTorch does not",
             tuple({text("module"), none(), text("f.py"), text("import os"), integer(1)}) + "Q"),
  };
}

std::vector<HostileFile> brokenMachines() {
  const std::string huge = "\x8d" + std::string("\0\0\0\0\0\0\0\x80", 8);
  const std::string farGet = "j" + std::string("\xff\xff\xff\x7f", 4), farPut = "Nr" + std::string("\xff\xff\xff\x7f", 4);
  std::string tower;
  for (int i = 0; i < 100'000; ++i) tower += "}" + text("a");
  tower += integer(1) + many("s", 100'000);
  return {
      value("a dictionary in itself", "in itself", "}q\1" + text("a") + "h\1s"),
      value("a list in itself", "no dictionary", "]q\1h\1a"),
      value("a dictionary in two places", "two places",
            "}" + text("a") + dict({{"t", tensor(floats(), 0, {4}, {1})}}) + "q\1s" + text("b") + "h\1s"),
      value("dictionaries a hundred thousand deep", "deeply", tower),
      value("lists a hundred thousand deep", "no dictionary", many("]", 100'000) + many("a", 99'999)),
      value("refers to what it never remembered", "never remembered", farGet),
      value("remembers under number 2^31", "impossible number", farPut),
      value("takes from an empty stack", "does not hold", "0"),
      value("takes below a mark", "does not hold", "N(0"),
      value("ends a group that never began", "never began", "t"),
      value("a key without a value", "key without", "}(Nu"),
      value("adds to a number", "neither", "K\1Na"),
      value("gives a number attributes", "attributes", "K\1Nb"),
      value("a text of 2^63 bytes", "in the middle", huge),
      value("a text beyond the end", "in the middle", "X" + std::string("\xff\xff\xff\x7f", 4)),
      value("a number of 2^31 bytes", "in the middle", "\x8b" + std::string("\xff\xff\xff\x7f", 4)),
      value("a class without an end", "without an end", "c" + std::string(400, 'x')),
      raw("no stop", "in the middle", [] { return std::string("\x80\x02}"); }),
      raw("nothing", "in the middle", [] { return std::string(); }),
      raw("protocol 0", "opcode", [] { return std::string("(dp0\nS'a'\np1\nI1\ns."); }),
      raw("protocol 9", "protocol 9", [] { return whole("}", 9); }),
      raw("forty million lists", "more than any model", [] { return whole(many("]", 40'000'000)); }),
      raw("forty million marks", "more than any model", [] { return whole(many("(", 40'000'000)); }),
      raw("a memory of a hundred million", "more than any model",
          [] { return whole("X" + std::string("\0\x28\x8b\0", 4) + std::string(0x8b2800, 'x') + "r" +
                            std::string("\0\x20\x8b\0", 4)); }),
  };
}

std::vector<HostileFile> lyingTensors() {
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  const auto one = [](const std::string& name, const std::string& says, const std::string& tensor) {
    return value(name, says, dict({{"a", tensor}}));
  };
  std::vector<std::pair<std::string, std::string>> same;
  for (int i = 0; i < 5000; ++i) same.emplace_back("a" + std::to_string(i), tensor(floats(50'000), 0, {50'000}, {1}));
  return {
      one("a tensor beyond its storage", "beyond its storage", tensor(floats(), 0, {5}, {1})),
      one("an offset beyond its storage", "beyond its storage", tensor(floats(), 5, {0}, {1})),
      one("a negative offset", "beyond its storage", tensor(floats(), -1, {1}, {1})),
      one("strides beyond its storage", "beyond its storage", tensor(floats(), 0, {2, 2}, {3, 1})),
      one("a negative size", "impossible size", tensor(floats(), 0, {-1}, {1})),
      one("a negative stride", "impossible size", tensor(floats(), 3, {2}, {-1})),
      one("sizes that overflow", "impossible size", tensor(floats(), 0, {kHuge, 4}, {0, 0})),
      one("strides that overflow", "impossible size", tensor(floats(), 0, {5, 5}, {kHuge, kHuge})),
      one("sizes that overflow beside a 0", "impossible size", tensor(floats(), 0, {0, kHuge, kHuge}, {1, 1, 1})),
      one("a number repeated to a terabyte", "repeats", tensor(floats(), 0, {std::int64_t{1} << 38}, {0})),
      one("fewer strides than sizes", "way that PyTorch does not", tensor(floats(), 0, {2, 2}, {1})),
      one("65 sizes", "way that PyTorch does not",
          tensor(floats(), 0, std::vector<std::int64_t>(65, 1), std::vector<std::int64_t>(65, 1))),
      one("a storage larger than the file", "more than the file holds", tensor(floats(kHuge), 0, {1}, {1})),
      one("a storage of negative length", "more than the file holds", tensor(floats(-4), 0, {0}, {1})),
      one("a storage without a file", "lacks its storage", tensor(floats(4, "../../secret"), 0, {1}, {1})),
      one("a quantized storage", "torch.QInt8Storage", tensor(storage("QInt8Storage", "0", 4), 0, {1}, {1})),
      one("a negated view", "conjugate or negated",
          call(global("torch._utils", "_rebuild_tensor_v2"), {floats(), integer(0), sizes({1}), sizes({1}), boolean(false),
                                                              none(), dict({{"neg", boolean(true)}})})),
      one("a tensor of no storage", "way that PyTorch does not", tensor(integer(1), 0, {1}, {1})),
      one("a parameter of no tensor", "parameter without",
          call(global("torch._utils", "_rebuild_parameter"), {integer(1), boolean(true), none()})),
      value("a storage of two kinds", "in two ways",
            dict({{"a", tensor(floats(), 0, {1}, {1})}, {"b", tensor(storage("IntStorage", "0", 4), 0, {1}, {1})}})),
      value("two tensors of one name", "two tensors called",
            dict({{"a.b", tensor(floats(), 0, {1}, {1})}, {"a", dict({{"b", tensor(floats(), 0, {1}, {1})}})}})),
      value("a name that is not UTF-8", "not UTF-8", dict({{"\xff\xfe", tensor(floats(), 0, {1}, {1})}})),
      value("a name of 5000 letters", "name of 5000", dict({{std::string(5000, 'a'), tensor(floats(), 0, {1}, {1})}})),
      value("no tensors", "no tensors", dict({{"a", integer(1)}})),
      value("a tensor alone", "no dictionary", tensor(floats(), 0, {4}, {1})),
      {"pickle: five thousand names for the same data", "so many names",
       [=] { return torchZip(whole(dict(same)), {{"0", std::string(200'000, 'x')}}); }},
  };
}

}  // namespace

std::vector<HostileFile> hostilePickles() {
  auto all = callers();
  for (const auto& part : {brokenMachines(), lyingTensors()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace likeness
