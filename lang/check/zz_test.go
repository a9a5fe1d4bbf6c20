package check
import ("testing";"os";"fmt")
func TestZZ(t *testing.T){
  b,_:=os.ReadFile(os.Getenv("FLOW"))
  _,f,s:=checkText(string(b))
  fmt.Println(render(t,f,s))
}
func TestZD(t *testing.T){
  b,_:=os.ReadFile(os.Getenv("FLOW"))
  p,f,s:=checkText(string(b))
  fmt.Println(render(t,f,s))
  if p!=nil { fmt.Println(dump(p)) }
}
